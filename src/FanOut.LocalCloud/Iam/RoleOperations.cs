using System.Globalization;
using System.Text.RegularExpressions;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Policies;

namespace FanOut.LocalCloud.Iam;

/// <summary>The operations on roles themselves (https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html).</summary>
internal sealed partial class RoleOperations(IamService iam)
{
    private const int MostTrustCharacters = 2048;

    public HttpResponse Create(ServiceCall call)
    {
        string name = call.Form.RequiredText("RoleName");
        string path = call.Form.Text("Path") ?? "/";
        if (!RoleName().IsMatch(name) || !RolePath().IsMatch(path))
        {
            throw new ServiceException(
                "ValidationError", $"The specified value for {(RoleName().IsMatch(name) ? "path" : "roleName")} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
        }

        if (call.Form.Text("PermissionsBoundary") is not null)
        {
            throw new ServiceException("ValidationError", "The stand-in's IAM does not have permissions boundaries.");
        }

        ParsedPolicy trust = Trust(call, "AssumeRolePolicyDocument");
        IReadOnlyDictionary<string, string> tags = RoleTagOperations.Read(call);
        int seconds = int.Parse(call.Form.Text("MaxSessionDuration") ?? "3600", CultureInfo.InvariantCulture);
        if (seconds is < 3600 or > 43200)
        {
            throw new ServiceException("ValidationError", $"1 validation error detected: Value '{seconds}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value between 3600 and 43200");
        }

        IamRole role = iam.CreateRole(name, trust, path, ArnText.Partition(call.Region), call.AccountId);
        role.Description = call.Form.Text("Description");
        role.MaxSessionDuration = TimeSpan.FromSeconds(seconds);
        role.Tags = tags;
        return IamXml.Answer(call, xml => IamXml.Write(xml, role, withTags: true));
    }

    public HttpResponse Get(ServiceCall call)
    {
        IamRole role = iam.Resolve(call);
        return IamXml.Answer(call, xml => IamXml.Write(xml, role, withTags: true));
    }

    public HttpResponse List(ServiceCall call)
    {
        string prefix = call.Form.Text("PathPrefix") ?? "/";
        IEnumerable<IamRole> roles = iam.Roles.Where(role => ArnText.Part(role.Arn, 4) == call.AccountId && role.Path.StartsWith(prefix, StringComparison.Ordinal));
        return IamXml.Page(call, "Roles", roles, role => role.Name, (xml, role) => IamXml.WriteMembers(xml, role, withTags: false));
    }

    public HttpResponse Delete(ServiceCall call)
    {
        IamRole role = iam.Resolve(call);
        if (role.InlinePolicies.Count > 0)
        {
            throw new ServiceException("DeleteConflict", "Cannot delete entity, must delete policies first.", 409);
        }

        if (role.AttachedPolicies.Count > 0)
        {
            throw new ServiceException("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409);
        }

        iam.Remove(role);
        return IamXml.Answer(call);
    }

    public HttpResponse UpdateAssumeRolePolicy(ServiceCall call)
    {
        IamRole role = iam.Resolve(call);
        role.Trust(Trust(call, "PolicyDocument"));
        return IamXml.Answer(call);
    }

    private static ParsedPolicy Trust(ServiceCall call, string parameter)
    {
        string text = call.Form.RequiredText(parameter);
        return text.Count(character => !char.IsWhiteSpace(character)) <= MostTrustCharacters
            ? ParsedPolicy.OfTrust(text)
            : throw new ServiceException("LimitExceeded", $"Cannot exceed quota for ACLSizePerRole: {MostTrustCharacters}", 409);
    }

    [GeneratedRegex(@"^[\w+=,.@-]{1,64}$")]
    private static partial Regex RoleName();

    [GeneratedRegex(@"^(/|/[!-~]{1,510}/)$")]
    private static partial Regex RolePath();
}
