select activity, id, slug, name, meal from formula where place >= 0 order by activity, place, slug
