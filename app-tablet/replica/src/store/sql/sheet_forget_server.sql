update sheet set server_heads = null
