namespace FanOut.Aws.Lambda;

/// <summary>Makes a function out of a zip archive.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html. <c>Role</c>, <c>Runtime</c> and <c>Handler</c> must
/// be set.
/// </remarks>
public sealed class CreateFunctionRequest : FunctionConfigurationSettings
{
    /// <summary>Its deployment package.</summary>
    public required FunctionCode Code { get; set; }

    /// <summary><c>x86_64</c> or <c>arm64</c>; one item. Default: <c>x86_64</c>.</summary>
    public List<string>? Architectures { get; set; }

    /// <summary>Whether the first version is published at once. Default: false.</summary>
    public bool? Publish { get; set; }

    /// <summary>Its tags.</summary>
    public Dictionary<string, string>? Tags { get; set; }
}
