"""Charts that move in the browser, without a call to the server.

A scene, in Python, is a pure function from results to a dict of tables, titles, units and labels; the component of the
same name, in JavaScript, draws it on canvases with `plot.js`. `dashboard/ui/scenes.py` mounts them.
"""
