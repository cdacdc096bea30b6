#: Files that libraries write: caches, fonts, settings
#: defence: they are in the home directory, which is not returned
#: expect: {"outcome": "Succeeded"}
#: files: ["figure-1.png"]
import matplotlib.pyplot as plt
plt.plot([1, 2])
plt.show()
