using System.Buffers.Text;
using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Lambda;

/// <summary>Writes and reads a function and its package as JSON.</summary>
internal static class FunctionJson
{
    // Room for the settings, with at most 4 KB of environment variables, and for the reserve that the JSON writer needs beyond a value's length.
    private const int BesidesPackage = 16_384;

    /// <summary>The size of a body with a package. With enough room the base64 text is written once, straight to its place.</summary>
    public static int SizeOf(ReadOnlyMemory<byte> package) => Base64.GetMaxEncodedToUtf8Length(package.Length) + BesidesPackage;

    public static void Read(JsonElement json, GetFunctionResponse response)
    {
        response.Configuration = json.Structure("Configuration", FunctionConfigurationJson.ReadEach);
        response.Code = json.Structure("Code", static code => new FunctionCodeLocation
        {
            RepositoryType = code.Text("RepositoryType"),
            Location = code.Text("Location"),
        });
        response.Tags = json.Map("Tags");
        response.TagsError = json.Structure("TagsError", static error => new TagsError { ErrorCode = error.Text("ErrorCode"), Message = error.Text("Message") });
        response.Concurrency = json.Structure("Concurrency", static concurrency => new Concurrency
        {
            ReservedConcurrentExecutions = concurrency.Number("ReservedConcurrentExecutions"),
        });
    }

    public static void Write(Utf8JsonWriter json, CreateFunctionRequest request)
    {
        json.WriteString("FunctionName", request.FunctionName);
        FunctionConfigurationJson.Write(json, (FunctionConfigurationSettings)request);
        json.Optional("Architectures", request.Architectures);
        json.Optional("Publish", request.Publish);
        json.Optional("Tags", request.Tags);
        json.Structure("Code", request.Code, static (json, code) => json.WriteBase64String("ZipFile", code.ZipFile.Span));
    }

    public static void Write(Utf8JsonWriter json, UpdateFunctionCodeRequest request)
    {
        json.Optional("Architectures", request.Architectures);
        json.Optional("Publish", request.Publish);
        json.Optional("DryRun", request.DryRun);
        json.Optional("RevisionId", request.RevisionId);
        json.WriteBase64String("ZipFile", request.ZipFile.Span);
    }
}
