using System.Globalization;
using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Lambda.Deployment;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda;

/// <summary>The operations that describe and configure functions (https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html).</summary>
internal sealed class FunctionOperations(FunctionRegistry functions, FunctionHost? host, LambdaServiceOptions options)
{
    // A page never has more, even if MaxItems is larger.
    private const int MostListed = 50;

    public HttpResponse GetConfiguration(ServiceCall call)
    {
        var view = functions.View(call);
        return Answer(json => LambdaFunctionJson.Write(json, view));
    }

    public HttpResponse Get(ServiceCall call)
    {
        var view = functions.View(call);
        var function = view.Function;
        return Answer(json =>
        {
            json.WriteStartObject("Configuration");
            LambdaFunctionJson.Write(json, view);
            json.WriteEndObject();
            json.WriteStartObject("Code");
            json.WriteString("RepositoryType", "S3");
            json.WriteString("Location", view.Revision.Package?.LocationOf(function.Arn) ?? "");
            json.WriteEndObject();
            if (function.Configuration.Tags.Count > 0)
            {
                json.WriteStartObject("Tags");
                foreach (var (key, value) in function.Configuration.Tags)
                {
                    json.WriteString(key, value);
                }

                json.WriteEndObject();
            }

            if (function.ReservedConcurrency is { } reserved)
            {
                json.WriteStartObject("Concurrency");
                json.WriteNumber("ReservedConcurrentExecutions", reserved);
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
            .Where(function => ArnText.Part(function.Arn, 3) == call.Region && ArnText.Part(function.Arn, 4) == call.AccountId)
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
                LambdaFunctionJson.WriteCommon(json, function.View(qualifier)!);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (found.Length > most)
            {
                json.WriteString("NextMarker", found[most - 1].Name);
            }
        });
    }

    public HttpResponse UpdateConfiguration(ServiceCall call)
    {
        var function = functions.Unqualified(call);
        var request = call.Json;
        var revision = function.Update(
            request.Text("RevisionId"),
            revision =>
            {
                var configuration = FunctionUpdate.Apply(request, revision.Configuration, options.Cloud);
                if (revision.Package is not null)
                {
                    host?.Check(function.Arn, configuration, isNew: request.Text("Role") is { } role && role != revision.Configuration.Role);
                }

                return revision with { Configuration = configuration };
            },
            options.TransitionTime);
        return Answer(json => LambdaFunctionJson.Write(json, function.View(null)! with { Revision = revision }));
    }

    private static HttpResponse Answer(Action<Utf8JsonWriter> write) => JsonAnswer.Of(write, contentType: "application/json");
}
