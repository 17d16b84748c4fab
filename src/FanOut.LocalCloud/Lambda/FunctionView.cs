namespace FanOut.LocalCloud.Lambda;

/// <summary>What a caller's name of a function stands for: the function itself, or one of its versions and aliases.</summary>
/// <param name="Function">The function.</param>
/// <param name="Revision">Its state, or that of the version.</param>
/// <param name="Invoker">What invokes it.</param>
/// <param name="Qualifier">The alias or version that the caller named; null for none.</param>
/// <param name="Version">The version that the name stands for.</param>
internal sealed record FunctionView(LambdaFunction Function, FunctionRevision Revision, IFunctionInvoker Invoker, string? Qualifier, string Version)
{
    /// <summary>The ARN, with the qualifier.</summary>
    public string Arn => Qualifier is null ? Function.Arn : $"{Function.Arn}:{Qualifier}";

    /// <summary>Size and hash of the code.</summary>
    public (long Size, string Sha256) Code => Revision.Package is { } package ? (package.Size, package.Sha256) : Function.Program;
}
