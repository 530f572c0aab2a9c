# Child card, unexpected children
