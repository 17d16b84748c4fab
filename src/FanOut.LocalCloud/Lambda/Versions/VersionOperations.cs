using System.Globalization;
using System.Text;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Lambda.Deployment;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda.Versions;

/// <summary>The operations on versions (https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html).</summary>
internal sealed class VersionOperations(FunctionRegistry functions)
{
    private const int MostListed = 50;

    public HttpResponse Publish(ServiceCall call)
    {
        var function = functions.Unqualified(call);
        var request = call.Json;
        function.Check(request.Text("RevisionId"));
        var sha256 = function.View(null)!.Code.Sha256;
        if (request.Text("CodeSha256") is { } expected && expected != sha256)
        {
            throw new ServiceException(
                "InvalidParameterValueException",
                $"CodeSHA256 ({expected}) is different from current CodeSHA256 in $LATEST ({sha256}). Please try again with the CodeSHA256 in $LATEST.");
        }

        return Answer(Publish(function, request.Text("Description")), 201);
    }

    public HttpResponse List(ServiceCall call)
    {
        var function = functions.Unqualified(call);
        var most = int.TryParse(call.Request.QueryValue("MaxItems"), CultureInfo.InvariantCulture, out var items) ? Math.Clamp(items, 1, MostListed) : MostListed;
        var after = int.TryParse(call.Request.QueryValue("Marker"), CultureInfo.InvariantCulture, out var marker) ? marker : -1;
        var rest = function.Versions.All.Select(version => (version.Number, View: function.View(version.Name)!))
            .Prepend((Number: 0, View: function.View("$LATEST")!))
            .Where(version => version.Number > after).Take(most + 1).ToArray();
        return JsonAnswer.Of(
            json =>
            {
                json.WriteStartArray("Versions");
                foreach (var (_, view) in rest.Take(most))
                {
                    json.WriteStartObject();
                    LambdaFunctionJson.WriteCommon(json, view);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                if (rest.Length > most)
                {
                    json.WriteString("NextMarker", rest[most - 1].Number.ToString(CultureInfo.InvariantCulture));
                }
            },
            contentType: "application/json");
    }

    /// <summary>Publishes the current state of the function as a version, unless the last version is the same.</summary>
    public static FunctionView Publish(LambdaFunction function, string? description)
    {
        var latest = function.Revision;
        var version = function.Versions.Publish(Fingerprint(function, latest), number =>
        {
            var name = number.ToString(CultureInfo.InvariantCulture);
            var revision = latest with
            {
                Id = Guid.NewGuid().ToString(),
                Status = FunctionRevision.Successful,
                IsPending = false,
                Configuration = description is null ? latest.Configuration : latest.Configuration with { Description = description },
            };
            return new(number, revision, function.Invoker is UploadedFunction deployed ? deployed.At(name, revision) : function.Invoker, Fingerprint(function, latest));
        });
        return function.View(version.Name)!;
    }

    public static HttpResponse Answer(FunctionView view, int status) =>
        JsonAnswer.Of(json => LambdaFunctionJson.Write(json, view), status, "application/json");

    private static string Fingerprint(LambdaFunction function, FunctionRevision revision) => Encoding.UTF8.GetString(JsonAnswer.Object(
        json => LambdaFunctionJson.WriteCommon(json, function.View(null)! with { Revision = revision with { Id = "", LastModified = default } })).Span);
}
