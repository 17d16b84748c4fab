using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Lambda;

/// <summary>Writes and reads a function's settings as JSON.</summary>
internal static class FunctionConfigurationJson
{
    public static void Read(JsonElement json, FunctionConfiguration function)
    {
        function.FunctionName = json.Text("FunctionName");
        function.FunctionArn = json.Text("FunctionArn");
        function.Description = json.Text("Description");
        function.Role = json.Text("Role");
        function.Runtime = json.Text("Runtime");
        function.Handler = json.Text("Handler");
        function.State = json.Text("State");
        function.StateReason = json.Text("StateReason");
        function.StateReasonCode = json.Text("StateReasonCode");
        function.LastUpdateStatus = json.Text("LastUpdateStatus");
        function.LastUpdateStatusReason = json.Text("LastUpdateStatusReason");
        function.LastUpdateStatusReasonCode = json.Text("LastUpdateStatusReasonCode");
        function.MemorySize = json.Number("MemorySize");
        function.Timeout = json.Number("Timeout");
        function.CodeSha256 = json.Text("CodeSha256");
        function.CodeSize = json.LargeNumber("CodeSize");
        function.Version = json.Text("Version");
        function.Architectures = json.Texts("Architectures");
        function.LastModified = json.Text("LastModified");
        function.RevisionId = json.Text("RevisionId");
        function.PackageType = json.Text("PackageType");
        function.Environment = json.Structure("Environment", ReadEnvironment);
        function.VpcConfig = json.Structure("VpcConfig", static vpc => new VpcConfigDetail
        {
            SubnetIds = vpc.Texts("SubnetIds"),
            SecurityGroupIds = vpc.Texts("SecurityGroupIds"),
            VpcId = vpc.Text("VpcId"),
            Ipv6AllowedForDualStack = vpc.Truth("Ipv6AllowedForDualStack"),
        });
        function.KMSKeyArn = json.Text("KMSKeyArn");
        function.LoggingConfig = json.Structure("LoggingConfig", static logging => new LoggingConfig
        {
            LogFormat = logging.Text("LogFormat"),
            ApplicationLogLevel = logging.Text("ApplicationLogLevel"),
            SystemLogLevel = logging.Text("SystemLogLevel"),
            LogGroup = logging.Text("LogGroup"),
        });
        function.TracingConfig = json.Structure("TracingConfig", static tracing => new TracingConfigResponse { Mode = tracing.Text("Mode") });
        function.Layers = json.Each("Layers", static layer => new Layer { Arn = layer.Text("Arn"), CodeSize = layer.LargeNumber("CodeSize") });
    }

    public static void Read(JsonElement json, ListFunctionsResponse response)
    {
        response.Functions = json.Each("Functions", ReadEach);
        response.NextMarker = json.Token("NextMarker");
    }

    public static void Read(JsonElement json, ListVersionsByFunctionResponse response)
    {
        response.Versions = json.Each("Versions", ReadEach);
        response.NextMarker = json.Token("NextMarker");
    }

    /// <summary>Reads the settings of a function that is a part of an answer.</summary>
    public static FunctionConfiguration ReadEach(JsonElement json)
    {
        var function = new FunctionConfiguration();
        Read(json, function);
        return function;
    }

    public static void Write(Utf8JsonWriter json, UpdateFunctionConfigurationRequest request)
    {
        json.Optional("RevisionId", request.RevisionId);
        Write(json, (FunctionConfigurationSettings)request);
    }

    /// <summary>The settings without the function's name, which some operations have in their path.</summary>
    public static void Write(Utf8JsonWriter json, FunctionConfigurationSettings settings)
    {
        json.Optional("Description", settings.Description);
        json.Optional("Role", settings.Role);
        json.Optional("Runtime", settings.Runtime);
        json.Optional("Handler", settings.Handler);
        json.Optional("MemorySize", settings.MemorySize);
        json.Optional("Timeout", settings.Timeout);
        json.Structure("Environment", settings.Environment, static (json, environment) => json.Optional("Variables", environment.Variables));
        json.Structure("VpcConfig", settings.VpcConfig, static (json, vpc) =>
        {
            json.Optional("SubnetIds", vpc.SubnetIds);
            json.Optional("SecurityGroupIds", vpc.SecurityGroupIds);
        });
        json.Optional("KMSKeyArn", settings.KMSKeyArn);
        json.Structure("LoggingConfig", settings.LoggingConfig, static (json, logging) =>
        {
            json.Optional("LogFormat", logging.LogFormat);
            json.Optional("ApplicationLogLevel", logging.ApplicationLogLevel);
            json.Optional("SystemLogLevel", logging.SystemLogLevel);
            json.Optional("LogGroup", logging.LogGroup);
        });
        json.Structure("TracingConfig", settings.TracingConfig, static (json, tracing) => json.Optional("Mode", tracing.Mode));
        json.Optional("Layers", settings.Layers);
    }

    private static EnvironmentResponse ReadEnvironment(JsonElement json) => new()
    {
        Variables = json.Map("Variables"),
        Error = json.Structure("Error", static error => new EnvironmentError { ErrorCode = error.Text("ErrorCode"), Message = error.Text("Message") }),
    };
}
