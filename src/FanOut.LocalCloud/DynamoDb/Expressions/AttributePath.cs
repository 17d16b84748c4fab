using System.Text.Json.Nodes;

namespace FanOut.LocalCloud.DynamoDb.Expressions;

/// <summary>A place in an item: <c>name</c>, <c>map.member</c>, <c>list[0]</c>.</summary>
/// <param name="Steps">Names are strings, list positions are integers; the first is always a name.</param>
internal sealed record AttributePath(IReadOnlyList<object> Steps)
{
    public string Root => (string)Steps[0];

    /// <summary>The value at the path; null if there is none.</summary>
    public JsonNode? Find(JsonObject item)
    {
        JsonNode? value = item[Root];
        foreach (object step in Steps.Skip(1))
        {
            value = Child(value, step);
        }

        return value;
    }

    /// <summary>Sets the value at the path.</summary>
    /// <exception cref="ServiceException">ValidationException: the map or list around it does not exist.</exception>
    public void Set(JsonObject item, JsonNode value)
    {
        switch (Container(item), Steps[^1])
        {
            case (JsonObject map, string name):
                map[name] = value.DeepClone();
                break;
            case (JsonArray list, int position) when position < list.Count:
                list[position] = value.DeepClone();
                break;
            case (JsonArray list, int):
                list.Add(value.DeepClone());
                break;
            default:
                throw new ServiceException("ValidationException", "The document path provided in the update expression is invalid for update");
        }
    }

    /// <summary>Removes the value at the path, if there is one.</summary>
    public void Remove(JsonObject item)
    {
        switch (Container(item), Steps[^1])
        {
            case (JsonObject map, string name):
                map.Remove(name);
                break;
            case (JsonArray list, int position) when position < list.Count:
                list.RemoveAt(position);
                break;
        }
    }

    private JsonNode? Container(JsonObject item) => Steps.Count == 1 ? item
        : (this with { Steps = [.. Steps.SkipLast(1)] }).Find(item) is not { } parent ? null
        : AttributeValues.TypeOf(parent) is "M" or "L" ? AttributeValues.ContentOf(parent)
        : null;

    private static JsonNode? Child(JsonNode? value, object step) => (value is null ? null : AttributeValues.TypeOf(value), step) switch
    {
        ("M", string name) => AttributeValues.ContentOf(value!)[name],
        ("L", int position) when position < AttributeValues.ContentOf(value!).AsArray().Count => AttributeValues.ContentOf(value!)[position],
        _ => null,
    };
}
