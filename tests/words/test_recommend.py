"""Recommendation by what must hold: answers move it rightly, refusals stay, offers differ, reasons hold."""

import dataclasses
import itertools
import tomllib
from pathlib import Path

import numpy as np
import pytest
from advised import catalogues, house, looks, name_of, preferences
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from reason_check import claims, did, holds

from showroom.imagine.wanted import wanted
from showroom.visit.reasons import AdviceSayings, Reason
from showroom.visit.recommend import APART, Advice
from showroom.words.look import Garment, Look, Region
from showroom.words.preference import CHOICES, Preference
from showroom.words.scenespec import Colour
from showroom.words.vocabulary import ACCORDS, LANGUAGES, PLACES, SEASONS

QUICK = settings(max_examples=60, deadline=None, derandomize=True,
                 suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
PARAPHRASES = tomllib.loads((Path(__file__).parent / "paraphrases.toml").read_text("utf-8"))["group"]


def order(advice: Advice, preference: Preference, look=None) -> list[str]:
    return [one.product_id for one in advice.ranking(preference, look)]


def spec_in(advice: Advice, product_id: str):
    return next(ware.spec for ware in advice.wares if ware.product.id == product_id)


def cosine(one: dict, other: dict) -> float:
    """By hand, from the plain accords."""
    lengths = [np.sqrt(sum(amount**2 for amount in accords.values())) for accords in (one, other)]
    if not all(lengths):
        return float(not any(lengths))
    return sum(amount * other.get(name, 0.0) for name, amount in one.items()) / (lengths[0] * lengths[1])


def never_the_wrong_way(advice: Advice, before: Preference, after: Preference, fits, look=None) -> None:
    """Of two products, the one that fits better and stood before the other stands before it still."""
    was, now = order(advice, before, look), order(advice, after, look)
    for better, worse in itertools.combinations(was, 2):
        if better in now and worse in now and fits(better) >= fits(worse) - 1e-12:
            assert now.index(better) < now.index(worse), (better, worse)


@QUICK
@given(catalogues(), preferences(), st.one_of(st.none(), looks()), st.data())
def test_an_answer_never_moves_the_ranking_the_wrong_way(advice, before, look, data):
    question = data.draw(st.sampled_from(tuple(CHOICES)))
    choice = data.draw(st.sampled_from(CHOICES[question]))
    before = before.answered(question, "")
    after = before.answered(question, choice)
    fit = advice.affinity.answer(question, choice)
    at = {ware.product.id: index for index, ware in enumerate(advice.wares)}
    never_the_wrong_way(advice, before, after, lambda one: round(fit[at[one]], 6), look)


@QUICK
@given(advice=catalogues(), season=st.sampled_from(SEASONS))
def test_a_season_orders_by_the_share_people_give_it(advice, season):
    ranked = order(advice, Preference().answered("season", season))
    shares = [spec_in(advice, one).season[season] for one in ranked]
    assert np.all(np.diff(shares) <= 1e-6)


def test_a_place_that_one_loves_brings_what_stands_there():
    for ware in house().wares:
        loved = ware.spec.main_place(PLACES)
        first = order(house(), Preference().answered("place", loved))[0]
        assert spec_in(house(), first).main_place(PLACES) == loved


@QUICK
@given(catalogues(), preferences(), st.sampled_from(ACCORDS[:12]), st.booleans())
def test_an_accord_asked_for_brings_nearer_what_has_it_and_one_asked_away_what_has_it_not(
        advice, before, accord, liked):
    before = dataclasses.replace(before, likes=tuple(one for one in before.likes if one[0] != accord),
                                 dislikes=tuple(one for one in before.dislikes if one[0] != accord))
    after = before.liking({accord: 1.0}) if liked else before.liking({}, {accord: 1.0})

    def has(product_id: str) -> float:
        accords = spec_in(advice, product_id).accords
        length = np.sqrt(sum(amount**2 for amount in accords.values())) or 1.0
        return (1 if liked else -1) * accords.get(accord, 0.0) / length

    assume(len(after.likes) <= 6)
    never_the_wrong_way(advice, before, after, has)


@QUICK
@given(catalogues(least=3), preferences(), st.integers(0, 2),
       st.sampled_from(("more_like", "dwelling", "grabbing")))
def test_what_one_likes_brings_what_is_like_it(advice, before, at, deed):
    one = f"p{at}"
    before = dataclasses.replace(before, more=(), refused=(), dwelt_s=(), grabs=())
    after = before.dwelling(one, 60.0) if deed == "dwelling" else getattr(before, deed)(one)
    accords = spec_in(advice, one).accords
    never_the_wrong_way(advice, before, after,
                        lambda other: round(cosine(accords, spec_in(advice, other).accords), 9))


@QUICK
@given(catalogues(), preferences(), st.integers(10, 400))
def test_a_price_named_never_favours_what_costs_more(advice, before, euros):
    before = before.costing(0)
    price = {ware.product.id: ware.product.price_cents for ware in advice.wares}
    never_the_wrong_way(advice, before, before.costing(euros * 100), lambda one: -price[one])
    assert all(price[offer.product_id] <= euros * 100 for offer in advice.offers(before.costing(euros * 100)))


@QUICK
@given(catalogues(), preferences(), looks())
def test_what_one_wears_never_moves_the_ranking_the_wrong_way(advice, known, look):
    """A season of dress alone (grey goes with everything), and a colour alone (worn in any season)."""
    grey = Region("whole", (Colour("#808080", 1.0),), "plain")
    dressed = dataclasses.replace(look, regions=(grey,))
    was = order(advice, known)

    def in_season(product_id: str) -> float:
        return round(sum(share * spec_in(advice, product_id).season[season]
                         for share, season in zip(look.season, SEASONS)), 9)

    now = order(advice, known, dressed)
    for better, worse in itertools.combinations(was, 2):
        if in_season(better) >= in_season(worse):
            assert now.index(better) < now.index(worse)
    coloured = order(advice, Preference(), dataclasses.replace(look, season=(0.25,) * 4))
    worn = advice.affinity.colour(look.colours)
    at = {ware.product.id: index for index, ware in enumerate(advice.wares)}
    assert np.all(np.diff([worn[at[one]] for one in coloured]) <= 1e-6)


@pytest.mark.parametrize(("srgb", "first"), [("#b3183a", "sipario"), ("#7fb2c9", "bassa-marea")])
def test_a_colour_one_wears_brings_what_smells_of_it(srgb, first):
    look = Look((Garment("shirt", 0.9),), (Region("whole", (Colour(srgb, 1.0),), "plain"),), (0.25,) * 4)
    ranked = order(house(), Preference(), look)
    assert first in ranked[:3]


@QUICK
@given(catalogues(), preferences(), st.one_of(st.none(), looks()), st.data())
def test_a_refusal_does_not_come_back(advice, known, look, data):
    refused = data.draw(st.sampled_from([ware.product.id for ware in advice.wares]))
    known = known.not_this(refused)
    deeds = st.sampled_from(("season", "place", "liking", "dwelling", "grabbing"))
    for deed in data.draw(st.lists(deeds, max_size=4)):
        if deed in CHOICES:
            known = known.answered(deed, data.draw(st.sampled_from(CHOICES[deed])))
        elif deed == "liking":
            known = known.liking(spec_in(advice, refused).accords)
        else:
            known = known.dwelling(refused, 60.0) if deed == "dwelling" else known.grabbing(refused)
        assert refused not in order(advice, known, look)
        assert refused not in [offer.product_id for offer in advice.offers(known, look)]
    assert refused not in Preference().not_this(refused).more_like("another").more
    assert known.more_like(refused).refused == tuple(one for one in known.refused if one != refused)


@QUICK
@given(catalogues(least=1), preferences(), st.one_of(st.none(), looks()))
def test_offers_differ_are_for_sale_and_are_as_many_as_there_can_be(advice, known, look):
    offers = [offer.product_id for offer in advice.offers(known, look)]
    specs = {ware.product.id: ware.spec.accords for ware in advice.wares}
    for one, other in itertools.combinations(offers, 2):
        assert 1 - cosine(specs[one], specs[other]) >= APART - 1e-9
    price = {ware.product.id: ware.product.price_cents for ware in advice.wares}
    allowed = [one for one in specs if price[one] and one not in known.refused
               and price[one] <= (known.most_cents or price[one])]
    assert set(offers) <= set(allowed) and len(offers) == len(set(offers))
    most = max((size for size in (1, 2, 3) if any(
        all(1 - cosine(specs[a], specs[b]) >= APART for a, b in itertools.combinations(group, 2))
        for group in itertools.combinations(allowed, size))), default=0)
    assert len(offers) == most


def test_with_nothing_known_the_house_offers_three_in_its_own_order():
    advice = house()
    assert order(advice, Preference()) == [ware.product.id for ware in advice.wares]
    offers = advice.offers(Preference())
    assert [offer.reason.kind for offer in offers] == ["own"] * 3
    assert offers[0].product_id == advice.wares[0].product.id


def test_after_every_refusal_that_leaves_three_kinds_of_scent_there_are_three_offers():
    advice, known, counts = house(), Preference(), []
    while offers := advice.offers(known):
        counts.append(len(offers))
        known = known.not_this(offers[0].product_id)
    assert counts[:8] == [3] * 8 and len(counts) == len(advice.wares)


@pytest.mark.parametrize("group", PARAPHRASES, ids=lambda group: group["says"][0][:30])
def test_paraphrases_do_not_change_the_order(group):
    advice = house()
    orders = {text: order(advice, wanted(text)) for text in group["says"]}
    first = orders[group["says"][0]]
    assert all(one == first for one in orders.values()), orders
    assert first != order(advice, Preference()) and first[0] in group["best"]


# Reasons -----------------------------------------------------------------------------------------


def true_reasons(advice: Advice, known: Preference, look, name) -> list[str]:
    """The kinds of the reasons given, each read back from what was said in each language and found true."""
    kinds, plain, sayings = [], known.to_plain(), AdviceSayings()
    specs = {ware.product.id: ware.spec.to_plain() for ware in advice.wares}
    price = {ware.product.id: ware.product.price_cents for ware in advice.wares}
    for offer in advice.offers(known, look):
        kinds.append(offer.reason.kind)
        assert offer.reason.product_id == offer.product_id and did(offer.reason.kind, offer.product_id, plain)
        for language in LANGUAGES:
            said = sayings.say(offer.reason, language, name)
            read = claims(said, language, {name(one, language): one for one in specs})
            assert (offer.reason.kind, dict(offer.reason.facts)) in read, said
            assert all(holds(kind, facts, specs[offer.product_id], price[offer.product_id], plain,
                             look and look.to_plain(), specs)
                       for kind, facts in read if kind == offer.reason.kind), (said, offer)
    return kinds


@QUICK
@given(catalogues(), preferences(), st.one_of(st.none(), looks()))
def test_every_reason_is_true_of_its_spec(advice, known, look):
    true_reasons(advice, known, look, lambda product_id, language: product_id)


@QUICK
@given(preferences(tuple(ware.product.id for ware in house().wares)), st.one_of(st.none(), looks()))
def test_every_reason_is_true_of_the_house_s_own(known, look):
    true_reasons(house(), known, look, name_of)


def test_every_kind_of_reason_is_given_by_the_house_to_somebody():
    known = Preference()
    one = {"season_main": known.answered("season", "winter"), "place": known.answered("place", "seashore"),
           "near_place": known.answered("place", "leather_library"),
           "texture": known.answered("texture", "wool"),
           "hour_light": known.answered("hour", "dusk"), "hour_wear": known.answered("hour", "noon"),
           "main_accord": known.liking({"rose": 1.0}), "accord": known.liking({"woody": 1.0}),
           "more": known.more_like("vespri"), "stayed": known.dwelling("resina", 60), "own": known,
           "dwelt": known.dwelling("prima-rugiada", 60), "held": known.grabbing("carovana"),
           "price": known.costing(15000), "season": known.answered("season", "spring"),
           "palette": dataclasses.replace(known, colours=("#b3183a",))}
    for kind, preference in one.items():
        assert kind in true_reasons(house(), preference, None, name_of), kind


def test_the_checker_hears_a_lie():
    plain = Preference().answered("place", "alpine_snow").liking({"rose": 1.0}).to_plain()
    vespri = spec_in(house(), "vespri").to_plain()
    for reason in (Reason("place", "vespri", (("place", "alpine_snow"),)),
                   Reason("main_accord", "vespri", (("accord", "rose"),)),
                   Reason("own", "vespri", (("accord", "woody"), ("place", "incense_temple"))),
                   Reason("price", "vespri")):
        said = AdviceSayings().say(reason, "en", name_of)
        read = claims(said, "en", {})
        true = [holds(kind, facts, vespri, 24000, plain, None, {}) for kind, facts in read]
        assert true and not any(true), said
