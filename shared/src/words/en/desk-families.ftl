# Children and guardians
