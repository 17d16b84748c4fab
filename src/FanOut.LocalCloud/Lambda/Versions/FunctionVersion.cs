namespace FanOut.LocalCloud.Lambda.Versions;

/// <summary>A published version: code and configuration that do not change any more.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Revision">The state of the function when the version was published.</param>
/// <param name="Invoker">What invokes it.</param>
/// <param name="Fingerprint">Code and configuration as text, to find out whether the function has changed since.</param>
internal sealed record FunctionVersion(int Number, FunctionRevision Revision, IFunctionInvoker Invoker, string Fingerprint)
{
    public string Name => Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
