# Who points, PINs, lock
