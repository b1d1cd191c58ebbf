package dev.sluice.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.runtime.text.JsonText;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The difference between two JSON objects as a merge patch of RFC 7386, which also keeps the order
 * of members: one that is new comes after the member before it in the patch, or first. So the patch
 * repeats the member before a new one, without a change.
 */
final class MergePatch {

  private MergePatch() {}

  /**
   * Returns the patch from one object to another. It cannot express a null, or known members in
   * another order: whoever needs to be sure applies it and compares.
   */
  static ObjectNode between(ObjectNode from, ObjectNode to) {
    ObjectNode patch = JsonText.object();
    Map.@Nullable Entry<String, JsonNode> before = null;
    for (var member : to.properties()) {
      JsonNode old = from.get(member.getKey());
      if (old == null) {
        if (before != null && !patch.has(before.getKey())) {
          patch.set(before.getKey(), unchanged(before.getValue()));
        }
        patch.set(member.getKey(), member.getValue());
      } else if (old instanceof ObjectNode known && member.getValue() instanceof ObjectNode next) {
        ObjectNode inner = between(known, next);
        if (!inner.isEmpty()) {
          patch.set(member.getKey(), inner);
        }
      } else if (!old.equals(member.getValue())) {
        patch.set(member.getKey(), member.getValue());
      }
      before = member;
    }
    from.fieldNames()
        .forEachRemaining(
            name -> {
              if (!to.has(name)) {
                patch.putNull(name);
              }
            });
    return patch;
  }

  /** Returns what changes nothing about a value. */
  private static JsonNode unchanged(JsonNode value) {
    return value.isObject() ? JsonText.object() : value;
  }

  static ObjectNode apply(ObjectNode from, ObjectNode patch) {
    var following = new HashMap<@Nullable String, String>();
    String before = null;
    for (var change : patch.properties()) {
      if (!change.getValue().isNull()) {
        if (!from.has(change.getKey())) {
          following.put(before, change.getKey());
        }
        before = change.getKey();
      }
    }
    ObjectNode result = JsonText.object();
    addNew(following, null, patch, result);
    for (var member : from.properties()) {
      JsonNode change = patch.get(member.getKey());
      if (change == null || !change.isNull()) {
        result.set(
            member.getKey(),
            change == null ? member.getValue() : merged(member.getValue(), change));
      }
      addNew(following, member.getKey(), patch, result);
    }
    return result;
  }

  private static void addNew(
      Map<@Nullable String, String> following,
      @Nullable String before,
      ObjectNode patch,
      ObjectNode result) {
    for (String name = following.get(before); name != null; name = following.get(name)) {
      result.set(name, merged(JsonText.object(), patch.path(name)));
    }
  }

  private static JsonNode merged(JsonNode value, JsonNode change) {
    return change instanceof ObjectNode patch
        ? apply(value instanceof ObjectNode object ? object : JsonText.object(), patch)
        : change;
  }
}
