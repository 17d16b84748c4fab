using System.Text.Json;

namespace FanOut.LocalCloud.Lambda;

/// <summary>
/// The configuration of a function, as Lambda's API shows it; the defaults are those of CreateFunction
/// (https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html).
/// </summary>
public sealed record LambdaFunctionConfiguration
{
    /// <summary>The runtime.</summary>
    /// <value><c>provided.al2023</c></value>
    public string Runtime { get; init; } = "provided.al2023";

    /// <summary>The execution role's ARN; null: the role with the function's name, in its account.</summary>
    /// <value>null</value>
    public string? Role { get; init; }

    /// <summary>The handler's name.</summary>
    /// <value><c>bootstrap</c></value>
    public string Handler { get; init; } = "bootstrap";

    /// <summary>The description.</summary>
    /// <value>Empty</value>
    public string Description { get; init; } = "";

    /// <summary>The longest invocation, 1 to 900 s.</summary>
    /// <value>3 s</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The memory in MB, 128 to 10,240.</summary>
    /// <value>128</value>
    public int MemorySize { get; init; } = 128;

    /// <summary>The environment variables that were set, <c>Environment.Variables</c> in the API.</summary>
    /// <value>None</value>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The key that encrypts the environment; null for Lambda's own.</summary>
    /// <value>null</value>
    public string? KmsKeyArn { get; init; }

    /// <summary>The instruction set: <c>x86_64</c> or <c>arm64</c>.</summary>
    /// <value><c>x86_64</c></value>
    public string Architecture { get; init; } = "x86_64";

    /// <summary>The tags, which GetFunction shows.</summary>
    /// <value>None</value>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The aliases and versions that exist, all with the same code; null: every alias and version exists.</summary>
    /// <value>null</value>
    public IReadOnlyList<string>? Qualifiers { get; init; }

    /// <summary>Members of UpdateFunctionConfiguration without an effect here, which are only stored and shown: <c>VpcConfig</c>, <c>TracingConfig</c> …</summary>
    internal IReadOnlyDictionary<string, JsonElement> Others { get; init; } = new Dictionary<string, JsonElement>();
}
