"""A tiny parallel corpus of ours, German and English, with the words linked by hand.

A line has the German sentence, the English one, and for each English word the number of its German word; 0 is none.
"""

PAIRS = """
das haus ist alt | the house is old | 1 2 3 4
das buch ist neu | the book is new | 1 2 3 4
der hund ist alt | the dog is old | 1 2 3 4
der film ist neu | the film is new | 1 2 3 4
ich habe das buch gelesen | i have read the book | 1 2 5 3 4
ich habe das haus gesehen | i have seen the house | 1 2 5 3 4
wir haben den hund gesehen | we have seen the dog | 1 2 5 3 4
heute sehe ich den hund | today i see the dog | 1 3 2 4 5
morgen kaufen wir ein haus | tomorrow we buy a house | 1 3 2 4 5
ich will ein haus kaufen | i want to buy a house | 1 2 0 5 3 4
wir wollen morgen den film sehen | we want to see the film tomorrow | 1 2 0 6 4 5 3
weil ich den film gesehen habe | because i have seen the film | 1 2 6 5 3 4
ich sage dass der hund alt ist | i say that the dog is old | 1 2 3 4 5 7 6
heute haben wir ein buch gekauft | today we have bought a book | 1 3 2 6 4 5
"""
