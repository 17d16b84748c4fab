using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Lambda;

/// <summary>What a request to Lambda asks for, told by its method and path.</summary>
internal static class LambdaRoute
{
    /// <summary>The operation and its resource.</summary>
    /// <exception cref="ServiceException">UnknownOperationException: the stand-in has no such operation.</exception>
    public static CallTarget Of(ServiceCall call) => Read(call.Request) switch
    {
        ("POST", ["functions"]) => new("CreateFunction", ArnOf(call, Wire.JsonFields.RequiredText(call.Json, "FunctionName"))),
        ("GET", ["functions"]) => new("ListFunctions"),
        ("GET", ["functions", var name]) => new("GetFunction", ArnOf(call, name)),
        ("DELETE", ["functions", var name]) => new("DeleteFunction", ArnOf(call, name)),
        (var method, ["functions", var name, .. var rest]) when OfFunction(method, rest) is { } operation => new(operation, ArnOf(call, name)),
        ("POST", ["event-source-mappings"]) => new("CreateEventSourceMapping"),
        ("GET", ["event-source-mappings"]) => new("ListEventSourceMappings"),
        ("GET", ["event-source-mappings", var id]) => new("GetEventSourceMapping", id),
        ("PUT", ["event-source-mappings", var id]) => new("UpdateEventSourceMapping", id),
        ("DELETE", ["event-source-mappings", var id]) => new("DeleteEventSourceMapping", id),
        ("GET", ["tags", var arn]) => new("ListTags", Uri.UnescapeDataString(arn)),
        ("POST", ["tags", var arn]) => new("TagResource", Uri.UnescapeDataString(arn)),
        ("DELETE", ["tags", var arn]) => new("UntagResource", Uri.UnescapeDataString(arn)),
        _ => throw new ServiceException(
            "UnknownOperationException", $"This stand-in of Lambda has no {call.Request.Method} {call.Request.Path}.", 404),
    };

    /// <summary>The function that the path names.</summary>
    public static FunctionName NameIn(ServiceCall call) => FunctionName.Parse(Segment(call, 1));

    /// <summary>A decoded part of the path, counted from 0 after the API's version.</summary>
    public static string Segment(ServiceCall call, int position) => Uri.UnescapeDataString(Read(call.Request).Path[position]);

    private static string? OfFunction(string method, string[] path) => (method, path) switch
    {
        ("POST", ["invocations"]) => "Invoke",
        ("GET", ["configuration"]) => "GetFunctionConfiguration",
        ("PUT", ["configuration"]) => "UpdateFunctionConfiguration",
        ("PUT", ["code"]) => "UpdateFunctionCode",
        ("POST", ["versions"]) => "PublishVersion",
        ("GET", ["versions"]) => "ListVersionsByFunction",
        ("POST", ["aliases"]) => "CreateAlias",
        ("GET", ["aliases"]) => "ListAliases",
        ("GET", ["aliases", _]) => "GetAlias",
        ("PUT", ["aliases", _]) => "UpdateAlias",
        ("DELETE", ["aliases", _]) => "DeleteAlias",
        ("PUT", ["concurrency"]) => "PutFunctionConcurrency",
        ("GET", ["concurrency"]) => "GetFunctionConcurrency",
        ("DELETE", ["concurrency"]) => "DeleteFunctionConcurrency",
        ("POST", ["policy"]) => "AddPermission",
        ("GET", ["policy"]) => "GetPolicy",
        ("DELETE", ["policy", _]) => "RemovePermission",
        _ => null,
    };

    private static string ArnOf(ServiceCall call, string name) =>
        FunctionRegistry.ArnOf(FunctionName.Parse(Uri.UnescapeDataString(name)), call.Region, call.AccountId);

    // Every operation has the version of the API that brought it; clients write some paths with and without a slash at the end.
    private static (string Method, string[] Path) Read(HttpRequest request) =>
        request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [{ Length: 10 } version, .. var path] && version.StartsWith("20", StringComparison.Ordinal)
            ? (request.Method, path)
            : (request.Method, []);
}
