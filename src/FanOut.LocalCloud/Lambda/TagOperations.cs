using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda;

/// <summary>The operations on functions' tags (https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html).</summary>
internal sealed class TagOperations(FunctionRegistry functions)
{
    public HttpResponse Tag(ServiceCall call)
    {
        var added = call.Json.Texts("Tags");
        Find(call).Retag(tags => tags.Where(tag => !added.ContainsKey(tag.Key)).Concat(added).ToDictionary());
        return new() { Status = 204 };
    }

    public HttpResponse Untag(ServiceCall call)
    {
        string[] keys =
        [
            .. call.Request.Query.Split('&').Where(pair => pair.StartsWith("tagKeys=", StringComparison.Ordinal))
                .Select(pair => Uri.UnescapeDataString(pair["tagKeys=".Length..].Replace('+', ' '))),
        ];
        Find(call).Retag(tags => tags.Where(tag => !keys.Contains(tag.Key)).ToDictionary());
        return new() { Status = 204 };
    }

    public HttpResponse List(ServiceCall call)
    {
        var tags = Find(call).Configuration.Tags;
        return JsonAnswer.Of(
            json =>
            {
                json.WriteStartObject("Tags");
                foreach (var (key, value) in tags)
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            },
            contentType: "application/json");
    }

    private LambdaFunction Find(ServiceCall call)
    {
        var name = FunctionName.Parse(call.Destination!);
        return name.Qualifier is null
            ? functions.Find(name, call.Region, call.AccountId)
            : throw new ServiceException("InvalidParameterValueException", "Tags on function aliases and versions are not supported. Please specify a function ARN.");
    }
}
