#: What libraries write on the way: caches, fonts, settings
#: defence: they go to the home directory, which does not come back
#: expect: {"outcome": "Succeeded"}
#: files: ["figure-1.png"]
import matplotlib.pyplot as plt
plt.plot([1, 2])
plt.show()
