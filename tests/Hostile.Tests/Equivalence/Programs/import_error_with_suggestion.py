from collections import namedtople
