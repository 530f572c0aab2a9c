# Day lists and boards
