"""What the learned painter is tried on are words that its training never read."""

from showroom.imagine.gauge.captions import CAPTIONS, TWENTY
from showroom.imagine.materials import materials
from showroom.imagine.paint import TILES


def test_there_are_twenty_materials_with_five_texts_each():
    assert len(TWENTY) == 20 and set(TWENTY) <= set(TILES)
    assert all(len(set(texts)) >= 5 for texts in CAPTIONS.values())


def test_no_text_holds_a_phrase_that_training_reads():
    taught = {phrase.lower() for material in materials().values() for phrase in material.words}
    phrases = [phrase for phrase in taught if " " in phrase]
    for text in (text.lower() for texts in CAPTIONS.values() for text in texts):
        assert text not in taught
        assert not [phrase for phrase in phrases if phrase in text]


def test_no_text_is_one_of_another_material():
    texts = [text for texts in CAPTIONS.values() for text in texts]
    assert len(set(texts)) == len(texts)
