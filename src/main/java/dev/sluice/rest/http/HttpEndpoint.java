package dev.sluice.rest.http;

import io.quarkus.rest.client.reactive.Url;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.Closeable;

/** What the REST client sends; the URL goes out byte for byte. */
@Path("")
interface HttpEndpoint extends Closeable {

  @GET
  Response get(@Url String url);

  @GET
  Response getUnless(@Url String url, @HeaderParam("If-None-Match") String tag);

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  Response postJson(@Url String url, String body);

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  Response postForm(@Url String url, String body);
}
