using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Wire;

/// <summary>The wire protocols of AWS that the stand-in speaks.</summary>
public enum Protocol
{
    /// <summary>A path and a method name the operation, bodies are JSON.</summary>
    RestJson,

    /// <summary><c>X-Amz-Target</c> names the operation, bodies are JSON, version 1.0.</summary>
    Json10,

    /// <summary><c>X-Amz-Target</c> names the operation, bodies are JSON, version 1.1.</summary>
    Json11,

    /// <summary>A form with an <c>Action</c> in, XML out.</summary>
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
