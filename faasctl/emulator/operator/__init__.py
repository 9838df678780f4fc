"""What LivePerson does not publish: accounts to set up, bot configurations, a look at the requests. All ours."""
