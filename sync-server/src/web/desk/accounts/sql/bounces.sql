select address, fate, max(queued_at) from letter where fate in ('bounced', 'sent') group by address, fate order by address, fate
