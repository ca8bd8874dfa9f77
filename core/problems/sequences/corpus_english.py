"""A small corpus of English sentences of ours, each word with its part of speech.

The tags are seven of the twelve of the universal tagset (Petrov, Das and McDonald 2012), in which auxiliaries such as
"can" are verbs, and possessives such as "her" are pronouns. An adjective that stands
for people, as in "the old", is a noun here, by its place in the sentence. Many words have two tags, so that the words
beside them have to decide.
"""

TAGS = ("DET", "ADJ", "NOUN", "VERB", "ADP", "PRON", "ADV")

COUNTED = """
the/DET dog/NOUN barks/VERB
the/DET old/ADJ dog/NOUN sleeps/VERB in/ADP the/DET house/NOUN
she/PRON saw/VERB the/DET dog/NOUN
he/PRON cut/VERB the/DET wood/NOUN with/ADP a/DET saw/NOUN
the/DET saw/NOUN is/VERB sharp/ADJ
i/PRON saw/VERB her/PRON yesterday/ADV
we/PRON saw/VERB a/DET duck/NOUN on/ADP the/DET water/NOUN
her/PRON duck/NOUN swims/VERB fast/ADV
they/PRON duck/VERB under/ADP the/DET branch/NOUN
birds/NOUN fly/VERB over/ADP the/DET house/NOUN
a/DET fly/NOUN sat/VERB on/ADP the/DET bread/NOUN
the/DET fly/NOUN flies/VERB quickly/ADV
fruit/NOUN flies/NOUN like/VERB a/DET banana/NOUN
the/DET flies/NOUN sat/VERB on/ADP the/DET fruit/NOUN
the/DET plane/NOUN flies/VERB like/ADP a/DET bird/NOUN
i/PRON like/VERB fish/NOUN
they/PRON fish/VERB in/ADP the/DET river/NOUN
we/PRON can/VERB swim/VERB here/ADV
the/DET can/NOUN is/VERB empty/ADJ
he/PRON opens/VERB a/DET can/NOUN of/ADP fish/NOUN
you/PRON can/VERB see/VERB the/DET light/NOUN
the/DET light/ADJ bag/NOUN is/VERB new/ADJ
they/PRON light/VERB a/DET fire/NOUN
we/PRON watch/VERB the/DET birds/NOUN
her/PRON watch/NOUN is/VERB old/ADJ
i/PRON book/VERB a/DET room/NOUN
the/DET book/NOUN is/VERB very/ADV good/ADJ
she/PRON reads/VERB a/DET long/ADJ book/NOUN
the/DET children/NOUN play/VERB in/ADP the/DET park/NOUN
the/DET play/NOUN was/VERB long/ADJ
we/PRON park/VERB the/DET car/NOUN near/ADP the/DET house/NOUN
the/DET fast/ADJ car/NOUN stops/VERB
he/PRON runs/VERB fast/ADV
she/PRON works/VERB hard/ADV
the/DET work/NOUN is/VERB hard/ADJ
the/DET hard/ADJ work/NOUN never/ADV ends/VERB
they/PRON work/VERB in/ADP a/DET garden/NOUN
i/PRON walk/VERB home/ADV slowly/ADV
a/DET walk/NOUN in/ADP the/DET park/NOUN is/VERB nice/ADJ
plants/NOUN need/VERB water/NOUN
we/PRON water/VERB the/DET plants/NOUN
she/PRON plants/VERB a/DET tree/NOUN
the/DET cook/NOUN tastes/VERB the/DET soup/NOUN
they/PRON cook/VERB rice/NOUN for/ADP her/PRON
the/DET train/NOUN leaves/VERB at/ADP night/NOUN
leaves/NOUN fall/VERB from/ADP the/DET tree/NOUN
they/PRON train/VERB young/ADJ dogs/NOUN
that/DET man/NOUN left/VERB early/ADV
that/PRON is/VERB my/PRON left/ADJ hand/NOUN
he/PRON hurt/VERB his/PRON back/NOUN
she/PRON came/VERB back/ADV late/ADV
the/DET old/NOUN often/ADV tell/VERB stories/NOUN
sailors/NOUN man/VERB the/DET boats/NOUN
the/DET young/NOUN like/VERB loud/ADJ music/NOUN
loud/ADJ music/NOUN plays/VERB all/DET night/NOUN
the/DET plays/NOUN of/ADP this/DET writer/NOUN are/VERB short/ADJ
we/PRON rest/VERB after/ADP lunch/NOUN
the/DET rest/NOUN of/ADP the/DET food/NOUN is/VERB cold/ADJ
cold/ADJ water/NOUN runs/VERB down/ADP the/DET wall/NOUN
his/PRON run/NOUN was/VERB really/ADV fast/ADJ
"""

HELD_OUT = """
the/DET old/NOUN man/VERB the/DET boats/NOUN
she/PRON saw/VERB the/DET light/NOUN
they/PRON saw/VERB a/DET saw/NOUN
time/NOUN flies/VERB like/ADP an/DET arrow/NOUN
we/PRON can/VERB fish/VERB in/ADP the/DET river/NOUN
her/PRON saw/NOUN is/VERB very/ADV sharp/ADJ
i/PRON watch/VERB the/DET play/NOUN
the/DET watch/NOUN is/VERB light/ADJ
the/DET young/ADJ man/NOUN runs/VERB home/ADV
he/PRON plants/VERB a/DET plant/NOUN
the/DET plants/NOUN need/VERB light/NOUN
they/PRON book/VERB a/DET cold/ADJ room/NOUN
we/PRON walk/VERB to/ADP the/DET old/ADJ train/NOUN
the/DET long/ADJ walk/NOUN was/VERB hard/ADJ
she/PRON left/VERB the/DET house/NOUN early/ADV
children/NOUN like/VERB water/NOUN
"""
