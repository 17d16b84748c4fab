using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Lambda;

/// <summary>A function's settings on the wire.</summary>
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
        });
        function.KMSKeyArn = json.Text("KMSKeyArn");
    }

    public static void Read(JsonElement json, ListFunctionsResponse response)
    {
        response.Functions = json.Each("Functions", static item =>
        {
            var function = new FunctionConfiguration();
            Read(item, function);
            return function;
        });
        response.NextMarker = json.Token("NextMarker");
    }

    public static void Write(Utf8JsonWriter json, UpdateFunctionConfigurationRequest request)
    {
        json.Optional("RevisionId", request.RevisionId);
        json.Optional("Description", request.Description);
        json.Optional("Role", request.Role);
        json.Optional("Runtime", request.Runtime);
        json.Optional("Handler", request.Handler);
        json.Optional("MemorySize", request.MemorySize);
        json.Optional("Timeout", request.Timeout);
        json.Structure("Environment", request.Environment, static (json, environment) => json.Optional("Variables", environment.Variables));
        json.Structure("VpcConfig", request.VpcConfig, static (json, vpc) =>
        {
            json.Optional("SubnetIds", vpc.SubnetIds);
            json.Optional("SecurityGroupIds", vpc.SecurityGroupIds);
        });
        json.Optional("KMSKeyArn", request.KMSKeyArn);
    }

    private static EnvironmentResponse ReadEnvironment(JsonElement json) => new()
    {
        Variables = json.Map("Variables"),
        Error = json.Structure("Error", static error => new EnvironmentError { ErrorCode = error.Text("ErrorCode"), Message = error.Text("Message") }),
    };
}
