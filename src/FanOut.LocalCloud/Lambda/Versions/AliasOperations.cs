using System.Globalization;
using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda.Versions;

/// <summary>The operations on aliases (https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html).</summary>
internal sealed class AliasOperations(FunctionRegistry functions)
{
    private const int MostListed = 50;

    public HttpResponse Create(ServiceCall call)
    {
        var function = functions.Unqualified(call);
        var alias = Checked(call, function, new(call.Json.RequiredText("Name"), call.Json.RequiredText("FunctionVersion"), call.Json.Text("Description") ?? ""));
        return function.Versions.TryAdd(alias)
            ? Answer(function, alias, 201)
            : throw new ServiceException("ResourceConflictException", $"Alias already exists: {function.Arn}:{alias.Name}", 409);
    }

    public HttpResponse Get(ServiceCall call)
    {
        var (function, alias) = Find(call);
        return Answer(function, alias, 200);
    }

    public HttpResponse List(ServiceCall call)
    {
        var function = functions.Unqualified(call);
        var version = call.Request.QueryValue("FunctionVersion");
        var most = int.TryParse(call.Request.QueryValue("MaxItems"), CultureInfo.InvariantCulture, out var items) ? Math.Clamp(items, 1, MostListed) : MostListed;
        var after = call.Request.QueryValue("Marker") ?? "";
        var rest = function.Versions.Aliases
            .Where(alias => (version is null || alias.Version == version) && string.CompareOrdinal(alias.Name, after) > 0).Take(most + 1).ToArray();
        return JsonAnswer.Of(
            json =>
            {
                json.WriteStartArray("Aliases");
                foreach (var alias in rest.Take(most))
                {
                    json.WriteStartObject();
                    Write(json, function, alias);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                if (rest.Length > most)
                {
                    json.WriteString("NextMarker", rest[most - 1].Name);
                }
            },
            contentType: "application/json");
    }

    public HttpResponse Update(ServiceCall call)
    {
        var (function, alias) = Find(call);
        var request = call.Json;
        if (request.Text("RevisionId") is { } seen && seen != alias.RevisionId)
        {
            throw new ServiceException(
                "PreconditionFailedException",
                "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
                412);
        }

        var changed = Checked(call, function, new(alias.Name, request.Text("FunctionVersion") ?? alias.Version, request.Text("Description") ?? alias.Description));
        function.Versions.Set(changed);
        return Answer(function, changed, 200);
    }

    public HttpResponse Delete(ServiceCall call)
    {
        functions.Unqualified(call).Versions.RemoveAlias(LambdaRoute.Segment(call, 3));
        return new() { Status = 204 };
    }

    private (LambdaFunction Function, FunctionAlias Alias) Find(ServiceCall call)
    {
        var function = functions.Unqualified(call);
        var name = LambdaRoute.Segment(call, 3);
        return (function, function.Versions.FindAlias(name) ?? throw new ServiceException(
            "ResourceNotFoundException", $"Cannot find alias arn: {function.Arn}:{name}", 404));
    }

    private static FunctionAlias Checked(ServiceCall call, LambdaFunction function, FunctionAlias alias)
    {
        if (call.Json.Field("RoutingConfig")?.Field("AdditionalVersionWeights") is { } weights && weights.EnumerateObject().Any())
        {
            throw new ServiceException("InvalidParameterValueException", "This stand-in of Lambda does not have RoutingConfig.");
        }

        if (alias.Name.All(char.IsAsciiDigit) || alias.Name.Length > 128 || !alias.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            throw new ServiceException(
                "ValidationException",
                $"1 validation error detected: Value '{alias.Name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)");
        }

        return alias.Version == "$LATEST" || int.TryParse(alias.Version, CultureInfo.InvariantCulture, out _) && function.Versions.Find(alias.Version) is not null
            ? alias
            : throw new ServiceException("ResourceNotFoundException", $"Function not found: {function.Arn}:{alias.Version}", 404);
    }

    private static HttpResponse Answer(LambdaFunction function, FunctionAlias alias, int status) =>
        JsonAnswer.Of(json => Write(json, function, alias), status, "application/json");

    private static void Write(Utf8JsonWriter json, LambdaFunction function, FunctionAlias alias)
    {
        json.WriteString("AliasArn", $"{function.Arn}:{alias.Name}");
        json.WriteString("Name", alias.Name);
        json.WriteString("FunctionVersion", alias.Version);
        json.WriteString("Description", alias.Description);
        json.WriteString("RevisionId", alias.RevisionId);
    }
}
