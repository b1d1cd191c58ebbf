package dev.sluice.connectors.example.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The requests and responses on the network, for a test that watches or disturbs them. A page is a
 * response to a GET of records or deleted records; failed requests do not count as pages. It may be
 * used from any thread; callbacks run in the thread that serves the request, which waits for them.
 */
public final class Traffic {
  private final List<Consumer<Exchange>> listeners = new CopyOnWriteArrayList<>();
  private final List<Hook> beforePage = new ArrayList<>();
  private final List<Hook> afterPage = new ArrayList<>();
  private final List<Script> scripts = new ArrayList<>();
  private int requests;

  Traffic() {}

  /** One request and its result; the target is the path with the query. */
  public record Exchange(String method, String target, int status) {}

  /** A callback and the number of pages until it is due. */
  private record Hook(int pages, Runnable action) {}

  /** A response that replaces the API's own, for a number of requests. */
  private record Script(int times, String pathPrefix, ApiAnswer answer) {}

  /** Returns how many requests have come in, including refused and failed ones. */
  public synchronized int requests() {
    return requests;
  }

  /** Tells the listener of each exchange, before its response is sent. */
  public void listen(Consumer<Exchange> listener) {
    listeners.add(listener);
  }

  /** Gives the next requests this response, whatever they ask for. */
  public void answerNext(int times, ApiAnswer answer) {
    answerNext(times, "/", answer);
  }

  /**
   * Gives this response to the next requests whose path begins with the prefix, such as {@code
   * /tables/users/}.
   */
  public synchronized void answerNext(int times, String pathPrefix, ApiAnswer answer) {
    scripts.add(new Script(times, pathPrefix, answer));
  }

  /** Runs the action once, before the k-th page from now is read from the store; k from 1. */
  public synchronized void beforePage(int k, Runnable action) {
    beforePage.add(new Hook(k, action));
  }

  /**
   * Runs the action once, after the k-th page from now was read from the store and before it is
   * sent: no client can ask for the following page earlier.
   */
  public synchronized void afterPage(int k, Runnable action) {
    afterPage.add(new Hook(k, action));
  }

  /** Forgets responses and actions that are still due. */
  public synchronized void clear() {
    scripts.clear();
    beforePage.clear();
    afterPage.clear();
  }

  synchronized void count() {
    requests++;
  }

  void tell(ApiRequest request, ApiAnswer answer) {
    Exchange exchange =
        new Exchange(request.method(), request.target().toString(), answer.status());
    listeners.forEach(listener -> listener.accept(exchange));
  }

  /** Returns the response that a test wants for this request, and uses it up. */
  synchronized Optional<ApiAnswer> scripted(ApiRequest request) {
    for (int i = 0; i < scripts.size(); i++) {
      Script script = scripts.get(i);
      if (request.target().getPath().startsWith(script.pathPrefix)) {
        if (script.times <= 1) {
          scripts.remove(i);
        } else {
          scripts.set(i, new Script(script.times - 1, script.pathPrefix, script.answer));
        }
        return Optional.of(script.answer);
      }
    }
    return Optional.empty();
  }

  void pageIsDue() {
    due(beforePage).forEach(Runnable::run);
  }

  void pageWasRead() {
    due(afterPage).forEach(Runnable::run);
  }

  /**
   * Counts one page, and removes and returns the actions that are due with it. It runs none of
   * them, because an action may call this class again.
   */
  private synchronized List<Runnable> due(List<Hook> hooks) {
    List<Runnable> due = new ArrayList<>();
    List<Hook> waiting = new ArrayList<>();
    for (Hook hook : hooks) {
      if (hook.pages <= 1) {
        due.add(hook.action);
      } else {
        waiting.add(new Hook(hook.pages - 1, hook.action));
      }
    }
    hooks.clear();
    hooks.addAll(waiting);
    return due;
  }
}
