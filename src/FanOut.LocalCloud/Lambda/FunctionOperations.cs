using System.Globalization;
using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda;

/// <summary>The operations that describe and configure functions (https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html).</summary>
internal sealed class FunctionOperations(FunctionRegistry functions, LambdaServiceOptions options)
{
    // A page never holds more, whatever MaxItems says.
    private const int MostListed = 50;

    public HttpResponse GetConfiguration(ServiceCall call, FunctionName name)
    {
        var (function, qualifier) = Find(call, name);
        return Answer(json => FunctionJson.Write(json, function, function.Revision, qualifier));
    }

    public HttpResponse Get(ServiceCall call, FunctionName name)
    {
        var (function, qualifier) = Find(call, name);
        var revision = function.Revision;
        return Answer(json =>
        {
            json.WriteStartObject("Configuration");
            FunctionJson.Write(json, function, revision, qualifier);
            json.WriteEndObject();
            json.WriteStartObject("Code");
            json.WriteString("RepositoryType", "S3");
            json.WriteString("Location", "");
            json.WriteEndObject();
            if (revision.Configuration.Tags.Count > 0)
            {
                json.WriteStartObject("Tags");
                foreach (var (key, value) in revision.Configuration.Tags)
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }
        });
    }

    public HttpResponse List(ServiceCall call)
    {
        var wanted = int.TryParse(call.Request.QueryValue("MaxItems"), CultureInfo.InvariantCulture, out var items) ? items : MostListed;
        var after = call.Request.QueryValue("Marker") ?? "";
        var qualifier = call.Request.QueryValue("FunctionVersion") == "ALL" ? "$LATEST" : null;
        var most = Math.Clamp(wanted, 1, MostListed);
        var found = functions.All
            .Where(function => Arn.Part(function.Arn, 3) == call.Region && Arn.Part(function.Arn, 4) == call.AccountId)
            .Where(function => string.CompareOrdinal(function.Name, after) > 0)
            .OrderBy(function => function.Name, StringComparer.Ordinal)
            .Take(most + 1)
            .ToArray();
        return Answer(json =>
        {
            json.WriteStartArray("Functions");
            foreach (var function in found.Take(most))
            {
                json.WriteStartObject();
                FunctionJson.WriteCommon(json, function, function.Revision, qualifier);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (found.Length > most)
            {
                json.WriteString("NextMarker", found[most - 1].Name);
            }
        });
    }

    public HttpResponse UpdateConfiguration(ServiceCall call, FunctionName name)
    {
        if (name.Qualifier is not null)
        {
            throw new ServiceException(
                "InvalidParameterValueException",
                "This operation is permitted on Lambda functions only. Lambda aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.");
        }

        var function = functions.Find(name, call.Region, call.AccountId);
        var request = call.Json;
        var revision = function.Update(
            request.Text("RevisionId"), configuration => FunctionUpdate.Apply(request, configuration), options.TransitionTime);
        return Answer(json => FunctionJson.Write(json, function, revision, null));
    }

    private (LambdaFunction Function, string? Qualifier) Find(ServiceCall call, FunctionName name)
    {
        var qualified = name.With(call.Request.QueryValue("Qualifier"));
        return (functions.Find(qualified, call.Region, call.AccountId), qualified.Qualifier);
    }

    private static HttpResponse Answer(Action<Utf8JsonWriter> write) => JsonAnswer.Of(write, contentType: "application/json");
}
