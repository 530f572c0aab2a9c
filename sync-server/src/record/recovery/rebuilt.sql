select branch from recovery where cause = 'rebuilt'
