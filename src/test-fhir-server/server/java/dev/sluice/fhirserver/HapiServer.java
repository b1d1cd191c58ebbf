package dev.sluice.fhirserver;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * HAPI's FHIR server as it comes, over an H2 database in memory, on a free port of this machine. It
 * prints its base URL and runs until its standard input ends. Elements that FHIR R4 does not have
 * are refused.
 */
public final class HapiServer {
  /** As HAPI's own server has it; the library alone answers 50. */
  private static final int MOST_PER_PAGE = 200;

  private HapiServer() {}

  public static void main(String[] arguments) throws Exception {
    var spring = new AnnotationConfigApplicationContext(ServerConfiguration.class);
    FhirContext fhir = spring.getBean(FhirContext.class);
    fhir.setParserErrorHandler(new StrictErrorHandler());
    var rest = new RestfulServer(fhir);
    rest.registerProviders(spring.getBean(ResourceProviderFactory.class).createProviders());
    rest.registerProvider(spring.getBean(JpaSystemProvider.class));
    rest.setServerConformanceProvider(
        new JpaCapabilityStatementProvider(
            rest,
            spring.getBean(IFhirSystemDao.class),
            spring.getBean(JpaStorageSettings.class),
            spring.getBean(ISearchParamRegistry.class),
            spring.getBean(IValidationSupport.class)));
    var paging = spring.getBean(DatabaseBackedPagingProvider.class);
    paging.setMaximumPageSize(MOST_PER_PAGE);
    rest.setPagingProvider(paging);

    var server = new Server();
    var connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    var handler = new ServletContextHandler();
    handler.setContextPath("/");
    handler.addServlet(new ServletHolder(rest), "/fhir/*");
    server.setHandler(handler);
    server.start();
    System.out.println("http://127.0.0.1:" + connector.getLocalPort() + "/fhir");
    while (System.in.read() >= 0) {
      // until whoever started it is gone
    }
    System.exit(0);
  }
}
