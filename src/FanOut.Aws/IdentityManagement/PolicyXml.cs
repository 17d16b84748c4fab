using System.Xml.Linq;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.IdentityManagement;

/// <summary>Reads managed policies from XML.</summary>
internal static class PolicyXml
{
    public static void Read(XElement xml, CreatePolicyResponse response) => response.Policy = xml.Structure("Policy", ReadPolicy);

    public static void Read(XElement xml, GetPolicyResponse response) => response.Policy = xml.Structure("Policy", ReadPolicy);

    public static void Read(XElement xml, ListPoliciesResponse response)
    {
        response.Policies = xml.Each("Policies", ReadPolicy);
        response.IsTruncated = xml.Truth("IsTruncated");
        response.Marker = xml.Token("Marker");
    }

    public static void Read(XElement xml, CreatePolicyVersionResponse response) => response.PolicyVersion = xml.Structure("PolicyVersion", ReadVersion);

    public static void Read(XElement xml, GetPolicyVersionResponse response) => response.PolicyVersion = xml.Structure("PolicyVersion", ReadVersion);

    public static void Read(XElement xml, ListPolicyVersionsResponse response)
    {
        response.Versions = xml.Each("Versions", ReadVersion);
        response.IsTruncated = xml.Truth("IsTruncated");
        response.Marker = xml.Token("Marker");
    }

    private static ManagedPolicy ReadPolicy(XElement xml) => new()
    {
        PolicyName = xml.Text("PolicyName"),
        PolicyId = xml.Text("PolicyId"),
        Arn = xml.Text("Arn"),
        Path = xml.Text("Path"),
        DefaultVersionId = xml.Text("DefaultVersionId"),
        AttachmentCount = xml.Number("AttachmentCount"),
        Description = xml.Text("Description"),
        CreateDate = xml.Time("CreateDate"),
        UpdateDate = xml.Time("UpdateDate"),
        Tags = RoleXml.ReadTags(xml),
    };

    private static PolicyVersion ReadVersion(XElement xml) => new()
    {
        VersionId = xml.Text("VersionId"),
        IsDefaultVersion = xml.Truth("IsDefaultVersion"),
        CreateDate = xml.Time("CreateDate"),
        Document = RoleXml.ReadDocument(xml, "Document"),
    };
}
