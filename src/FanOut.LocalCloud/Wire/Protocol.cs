using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Wire;

/// <summary>The protocols of AWS that the stand-ins speak.</summary>
public enum Protocol
{
    /// <summary>Method and path name the operation, bodies are JSON.</summary>
    RestJson,

    /// <summary><c>X-Amz-Target</c> names the operation, bodies are JSON, version 1.0.</summary>
    Json10,

    /// <summary><c>X-Amz-Target</c> names the operation, bodies are JSON, version 1.1.</summary>
    Json11,

    /// <summary>Requests are forms with an <c>Action</c>, answers are XML.</summary>
    Query,
}

internal static class Protocols
{
    public static Protocol Of(HttpRequest request)
    {
        string type = request.Header("Content-Type") ?? "";
        return type switch
        {
            _ when type.StartsWith("application/x-amz-json-1.0", StringComparison.Ordinal) => Protocol.Json10,
            _ when request.Header("X-Amz-Target") is not null => Protocol.Json11,
            _ when type.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) => Protocol.Query,
            _ => Protocol.RestJson,
        };
    }
}
