package dev.sluice.connectors.example.api;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;

/** Asks the API over HTTP, with credentials. */
record Client(ExampleApi api) {

  RequestSpecification request() {
    return anonymous().auth().preemptive().basic("somebody", "secret");
  }

  RequestSpecification anonymous() {
    return given().baseUri(api.baseUri().toString());
  }

  Response get(String path) {
    return request().get(path);
  }

  /** A page: the parameters are alternately names and values. */
  JsonPath page(String path, String... parameters) {
    RequestSpecification request = request();
    for (int i = 0; i < parameters.length; i += 2) {
      request.queryParam(parameters[i], parameters[i + 1]);
    }
    return request.get(path).then().statusCode(200).extract().jsonPath();
  }

  /** One field of all rows, page by page. */
  List<String> all(String path, String field, String... parameters) {
    List<String> values = new ArrayList<>();
    for (int number = 1; ; number++) {
      List<String> withPage = new ArrayList<>(List.of(parameters));
      withPage.addAll(List.of("page", String.valueOf(number)));
      JsonPath page = page(path, withPage.toArray(String[]::new));
      values.addAll(page.getList("records." + field, String.class));
      if (page.get("next_page") == null) {
        return values;
      }
    }
  }

  Response post(String table, String json) {
    return request()
        .contentType("application/json")
        .body(json)
        .post("/tables/{table}/records", table);
  }

  Response delete(String table, String key) {
    return request().delete("/tables/{table}/records/{key}", table, key);
  }
}
