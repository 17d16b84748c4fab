using System.Management.Automation;
using System.Net;
using System.Security;

namespace FanOut.Parameters;

/// <summary>Accepts a secret also as a SecureString, such as Read-Host -AsSecureString and Get-Secret give it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is SecureString secret ? new NetworkCredential("", secret).Password : inputData;
}
