using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Lambda;

/// <summary>Reads the operation and the resource of a request to Lambda from its method and path.</summary>
internal static class LambdaRoute
{
    // The path of an operation begins with the API version that introduced it: the first operations, tags, changing concurrency, reading it, asynchronous invocation.
    private static readonly string[] Versions = ["2015-03-31", "2017-03-31", "2017-10-31", "2019-09-30", "2019-09-25"];

    /// <summary>The operation and its resource.</summary>
    /// <exception cref="ServiceException">UnknownOperationException: the stand-in has no such operation.</exception>
    public static CallSubject Of(ServiceCall call) => Read(call.Request) switch
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
        ("PUT", ["event-invoke-config"]) => "PutFunctionEventInvokeConfig",
        ("POST", ["event-invoke-config"]) => "UpdateFunctionEventInvokeConfig",
        ("GET", ["event-invoke-config"]) => "GetFunctionEventInvokeConfig",
        ("GET", ["event-invoke-config", "list"]) => "ListFunctionEventInvokeConfigs",
        ("DELETE", ["event-invoke-config"]) => "DeleteFunctionEventInvokeConfig",
        ("POST", ["policy"]) => "AddPermission",
        ("GET", ["policy"]) => "GetPolicy",
        ("DELETE", ["policy", _]) => "RemovePermission",
        _ => null,
    };

    private static string ArnOf(ServiceCall call, string name) =>
        FunctionRegistry.ArnOf(FunctionName.Parse(Uri.UnescapeDataString(name)), call.Region, call.AccountId);

    // Some clients send a slash at the end of some paths.
    private static (string Method, string[] Path) Read(HttpRequest request) =>
        request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [var version, .. var path] && Versions.Contains(version)
            ? (request.Method, path)
            : (request.Method, []);
}
