using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Policies;

namespace FanOut.LocalCloud.Iam;

/// <summary>The operations on managed policies (https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html).</summary>
internal sealed partial class PolicyOperations(IamService iam)
{
    // White space does not count: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    private const int MostCharacters = 6144;

    public HttpResponse Create(ServiceCall call)
    {
        string name = call.Form.RequiredText("PolicyName");
        string path = call.Form.Text("Path") ?? "/";
        if (!PolicyName().IsMatch(name) || !PolicyPath().IsMatch(path))
        {
            throw new ServiceException(
                "ValidationError", $"The specified value for {(PolicyName().IsMatch(name) ? "path" : "policyName")} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
        }

        IamPolicy policy = iam.CreatePolicy(call, name, path, Document(call), call.Form.Text("Description"), RoleTagOperations.Read(call));
        return IamXml.Answer(call, xml => Write(xml, policy, isWhole: false));
    }

    public HttpResponse Get(ServiceCall call)
    {
        IamPolicy policy = iam.ResolvePolicy(call);
        return IamXml.Answer(call, xml => Write(xml, policy, isWhole: true));
    }

    public HttpResponse List(ServiceCall call)
    {
        if (call.Form.Text("Scope") is not "Local")
        {
            throw new ServiceException("UnsupportedByStandIn", "The stand-in's IAM lists policies with Scope=Local only.");
        }

        string prefix = call.Form.Text("PathPrefix") ?? "/";
        IEnumerable<IamPolicy> policies = iam.Policies.Where(policy => ArnText.Part(policy.Arn, 4) == call.AccountId && policy.Path.StartsWith(prefix, StringComparison.Ordinal));
        return IamXml.Page(call, "Policies", policies, policy => policy.Name, (xml, policy) => WriteMembers(xml, policy, isWhole: false));
    }

    public HttpResponse Delete(ServiceCall call)
    {
        IamPolicy policy = iam.ResolvePolicy(call);
        if (iam.CountAttached(policy) > 0)
        {
            throw new ServiceException("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
        }

        if (policy.Versions.Count > 1)
        {
            throw new ServiceException("DeleteConflict", "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.", 409);
        }

        iam.Remove(policy);
        return IamXml.Answer(call);
    }

    /// <summary>Reads and checks the document of a call.</summary>
    public static ParsedPolicy Document(ServiceCall call)
    {
        string text = call.Form.RequiredText("PolicyDocument");
        return text.Count(character => !char.IsWhiteSpace(character)) <= MostCharacters
            ? ParsedPolicy.OfIdentity(text)
            : throw new ServiceException("LimitExceeded", $"Cannot exceed quota for PolicySize: {MostCharacters}", 409);
    }

    private void Write(XmlWriter xml, IamPolicy policy, bool isWhole)
    {
        xml.WriteStartElement("Policy");
        WriteMembers(xml, policy, isWhole);
        xml.WriteEndElement();
    }

    private void WriteMembers(XmlWriter xml, IamPolicy policy, bool isWhole)
    {
        xml.WriteElementString("PolicyName", policy.Name);
        xml.WriteElementString("PolicyId", policy.Id);
        xml.WriteElementString("Arn", policy.Arn);
        xml.WriteElementString("Path", policy.Path);
        xml.WriteElementString("DefaultVersionId", policy.DefaultVersion);
        xml.WriteElementString("AttachmentCount", iam.CountAttached(policy).ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("IsAttachable", "true");
        xml.WriteElementString("CreateDate", IamXml.Time(policy.Created));
        if (isWhole && policy.Description is { } description)
        {
            xml.WriteElementString("Description", description);
        }

        if (isWhole)
        {
            IamXml.WriteTags(xml, policy.Tags);
        }
    }

    [GeneratedRegex(@"^[\w+=,.@-]{1,128}$")]
    private static partial Regex PolicyName();

    [GeneratedRegex(@"^(/|/[!-~]{1,510}/)$")]
    private static partial Regex PolicyPath();
}
