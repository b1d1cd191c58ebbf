package dev.sluice.connectors.github;

import dev.sluice.testkit.RowSpec;
import java.util.Set;

/** Users, organizations and teams that look like GitHub's. */
final class AccountRecords {
  /** The number of the user whom the token is of. */
  static final int TOKEN_USER = 583_231;

  /** Whose teams the stand-in's table has. */
  static final String ORGANIZATION = "waterworks";

  private AccountRecords() {}

  static String user(int number) {
    return account("user" + number, number, "User", 4, "");
  }

  static String owner(String login, Set<RepositoryTrait> traits) {
    boolean isOrganization = traits.contains(RepositoryTrait.OF_ORGANIZATION);
    return account(login, 1, isOrganization ? "Organization" : "User", 4, "");
  }

  private static String account(String login, long id, String type, int version, String more) {
    return """
    {"login":"%1$s","id":%2$d,"node_id":"MDQ6VXNlcg%2$d","avatar_url":"https://avatars.githubusercontent.com/u/%2$d?v=%4$d",\
    "gravatar_id":"","url":"https://api.github.com/users/%1$s","html_url":"https://github.com/%1$s",\
    "type":"%3$s","site_admin":false%5$s}"""
        .formatted(login, id, type, version, more);
  }

  private static long id(GitHubList list, RowSpec row) {
    return Long.parseLong(GitHubRecords.id(list, row.key()));
  }

  static String assignee(RowSpec row) {
    long id = id(GitHubList.ASSIGNEES, row);
    return account("assignee%03d".formatted(row.key()), id, "User", row.version(), "");
  }

  static String collaborator(RowSpec row) {
    boolean writes = row.key() % 2 == 0;
    String more =
        """
        ,"permissions":{"admin":false,"maintain":false,"push":%1$s,"triage":%1$s,"pull":true},"role_name":"%2$s\""""
            .formatted(writes, writes ? "write" : "read");
    return account(
        "collaborator%03d".formatted(row.key()),
        id(GitHubList.COLLABORATORS, row),
        "User",
        row.version(),
        more);
  }

  static String organization(RowSpec row) {
    return organization(
        "organization-%03d".formatted(row.key()), id(GitHubList.ORGANIZATIONS, row), row.version());
  }

  static String organization(String login, long id) {
    return organization(login, id, 0);
  }

  private static String organization(String login, long id, int version) {
    String api = "https://api.github.com/orgs/" + login;
    return """
    {"login":"%1$s","id":%2$d,"node_id":"MDEyOk9yZw%2$d","url":"%3$s","repos_url":"%3$s/repos","events_url":"%3$s/events",\
    "hooks_url":"%3$s/hooks","issues_url":"%3$s/issues","members_url":"%3$s/members{/member}",\
    "public_members_url":"%3$s/public_members{/member}","avatar_url":"https://avatars.githubusercontent.com/u/%2$d?v=4",\
    "description":"Moves water, version %4$d"}"""
        .formatted(login, id, api, version);
  }

  static String team(RowSpec row) {
    return team(
        ORGANIZATION, "team-%03d".formatted(row.key()), id(GitHubList.TEAMS, row), row.version());
  }

  static String team(String organization, String slug, long id, int version) {
    String api = "https://api.github.com/organizations/1/team/" + id;
    return """
    {"name":"Team %2$s","id":%3$d,"node_id":"T_%3$d","slug":"%2$s","description":"Opens gates, version %4$d","privacy":"closed",\
    "notification_setting":"notifications_enabled","url":"%5$s","html_url":"https://github.com/orgs/%1$s/teams/%2$s",\
    "members_url":"%5$s/members{/member}","repositories_url":"%5$s/repos","permission":"pull","parent":null}"""
        .formatted(organization, slug, id, version, api);
  }

  /** Whom the token is of. */
  static String tokenUser(int version) {
    String more =
        """
        ,"name":"Mona Lisa","company":"@waterworks","blog":"https://mona.example","location":"Delft","email":"mona@example.com",\
        "hireable":null,"bio":null,"twitter_username":null,"public_repos":8,"public_gists":0,"followers":%d,"following":9,\
        "created_at":"2011-01-25T18:44:36Z","updated_at":"2026-02-22T12:00:00Z\""""
            .formatted(version);
    return account("mona", TOKEN_USER, "User", 4, more);
  }
}
