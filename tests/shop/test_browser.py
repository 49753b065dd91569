"""The pages behind the QR codes in a real browser, Debian's Chromium, as a phone shows them.

Every request the browser makes is watched: none may leave the shop. Every complaint of its console, such as of
the Content-Security-Policy, is a failure.
"""

import io
import os
import re
import shutil

import pytest
from shop_kit import running
from PIL import Image

PHONE = {"viewport": {"width": 375, "height": 667}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
LANGUAGES = {"en": ("Your order", "A place of your own"), "zh": ("您的订单", "属于您的地方"),
             "it": ("Il tuo ordine", "Un luogo tutto tuo")}


@pytest.fixture(scope="module")
def browser():
    """Chromium, without a window."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright drives the browser; start scripts/test")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no Chromium: the shop's pages need a browser; install chromium")
    with api.sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        started = playwright.chromium.launch(executable_path=program, args=arguments)
        yield started
        started.close()


@pytest.fixture
def phone(browser, shop):
    """A phone's page that keeps account of what it asked for and complained of."""
    with browser.new_context(**PHONE, base_url=shop.url) as context:
        page = context.new_page()
        asked, complaints = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        assert asked and all(url.startswith(shop.url) for url in asked), asked
        assert not [line for line in complaints if "404" not in line], complaints
        assert context.cookies() == []


def still(shop, order) -> None:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((960, 540)).convert("RGB").save(out, "JPEG")
    answer = shop.client.put(f"/orders/{order['order_id']}/still", content=out.getvalue(),
                             headers={"Content-Type": "image/jpeg"})
    assert answer.status_code == 204


def tap(page, what: str) -> None:
    """Taps what leads on, and waits until it has."""
    with page.expect_navigation():
        page.click(what)


def fits(page) -> bool:
    """Nothing has to be scrolled sideways, and whatever is tapped is large enough for a thumb (WCAG 2.5.8: 24 px)."""
    return page.evaluate("""() => document.documentElement.scrollWidth <= window.innerWidth
        && [...document.querySelectorAll('button, a, input')].every(one => one.getBoundingClientRect().height >= 24)""")


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_code_to_the_page_to_take_home(shop, phone, language):
    order = shop.order(language=language, gift=True)
    still(shop, order)
    phone.goto(order["pay_url"])
    assert phone.locator("h1").inner_text() == LANGUAGES[language][0]
    assert phone.locator("html").get_attribute("lang") == language and fits(phone)
    tap(phone, "#pay")
    assert "/gateway/test/" in phone.url and fits(phone)
    tap(phone, "#paid")
    assert re.fullmatch(re.escape(order["receipt_url"]) + r"(\?lang=\w+)?", phone.url)
    assert phone.locator("h1").inner_text() == LANGUAGES[language][1] and fits(phone)
    width = phone.locator("figure img").evaluate("picture => picture.decode().then(() => picture.naturalWidth)")
    assert width == 960 and order["number"] in phone.content()
    with phone.expect_download() as saved:
        phone.click("#save")
    assert saved.value.suggested_filename == f"{order['number']}.jpg"
    assert shop.client.get(f"/orders/{order['order_id']}").json()["state"] == "paid"


def test_refused_tried_again_and_expired(shop, phone):
    order = shop.order(language="it")
    phone.goto(order["pay_url"])
    tap(phone, "#pay")
    tap(phone, "#refused")
    assert "rifiutato" in phone.locator("#state").inner_text() and phone.url.startswith(order["pay_url"])
    tap(phone, "#pay")
    tap(phone, "#expired")
    assert "finito" in phone.locator("#state").inner_text()
    assert phone.locator("#pay").count() == 0 and phone.locator("#cancel").count() == 0


def test_a_change_of_mind_on_the_phone(shop, phone):
    order = shop.order()
    phone.goto(order["pay_url"])
    tap(phone, "nav a[lang=zh]")
    tap(phone, "#cancel")
    assert phone.locator("#state").inner_text() == "已取消，未扣款。" and phone.locator("#pay").count() == 0


def test_where_to_send_it_is_asked_on_the_phone(shop, phone):
    order = shop.order(delivery="ship", language="zh")
    phone.goto(order["pay_url"])
    phone.click("#pay")
    assert "/pay/" in phone.url  # the browser itself wants the lines filled in
    for field in ("name", "street", "postcode", "city", "country"):
        phone.fill(f"#{field}", "上海市静安区 <b>1</b>")
    tap(phone, "#pay")
    tap(phone, "#paid")
    assert "/take/" in phone.url


def test_a_page_that_has_gone_says_so_kindly(browser, tmp_path):
    with running(tmp_path, "--keep-s", "5") as shop, browser.new_context(**PHONE, locale="it-IT") as context:
        order = shop.order()
        still(shop, order)
        page = context.new_page()
        assert page.goto(order["receipt_url"]).status == 200
        for _ in range(100):
            page.wait_for_timeout(250)
            if (gone := page.goto(order["receipt_url"])).status == 404:
                break
        assert gone.status == 404 and page.locator("h1").inner_text() == "Qui non c'è nulla"
        assert shop.client.get(order["receipt_url"] + "/still.jpg").status_code == 404
        assert shop.client.get(f"/orders/{order['order_id']}").json()["state"] == "awaiting_payment"
