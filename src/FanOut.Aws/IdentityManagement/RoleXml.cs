using System.Xml.Linq;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.IdentityManagement;

/// <summary>Reads roles and their policies from XML.</summary>
internal static class RoleXml
{
    public static void Read(XElement xml, GetRoleResponse response) => response.Role = xml.Structure("Role", ReadRole);

    public static void Read(XElement xml, CreateRoleResponse response) => response.Role = xml.Structure("Role", ReadRole);

    public static void Read(XElement xml, ListRolesResponse response)
    {
        response.Roles = xml.Each("Roles", ReadRole);
        response.IsTruncated = xml.Truth("IsTruncated");
        response.Marker = xml.Token("Marker");
    }

    public static void Read(XElement xml, ListRoleTagsResponse response)
    {
        response.Tags = ReadTags(xml);
        response.IsTruncated = xml.Truth("IsTruncated");
        response.Marker = xml.Token("Marker");
    }

    public static void Read(XElement xml, GetRolePolicyResponse response)
    {
        response.RoleName = xml.Text("RoleName");
        response.PolicyName = xml.Text("PolicyName");
        response.PolicyDocument = ReadDocument(xml, "PolicyDocument");
    }

    // <PolicyNames><member>…</member></PolicyNames>
    public static void Read(XElement xml, ListRolePoliciesResponse response)
    {
        response.PolicyNames = xml.Each("PolicyNames", static name => name.Value);
        response.IsTruncated = xml.Truth("IsTruncated");
        response.Marker = xml.Token("Marker");
    }

    public static void Read(XElement xml, ListAttachedRolePoliciesResponse response)
    {
        response.AttachedPolicies = xml.Each("AttachedPolicies", static policy => new AttachedPolicyType
        {
            PolicyName = policy.Text("PolicyName"),
            PolicyArn = policy.Text("PolicyArn"),
        });
        response.IsTruncated = xml.Truth("IsTruncated");
        response.Marker = xml.Token("Marker");
    }

    /// <summary>Tags as parameters of the Query protocol: <c>Tags.member.1.Key=…&amp;Tags.member.1.Value=…</c></summary>
    public static IEnumerable<(string Name, string? Value)> Parameters(List<Tag>? tags)
    {
        int number = 0;
        foreach (Tag tag in tags ?? [])
        {
            number++;
            yield return ($"Tags.member.{number}.Key", tag.Key);
            yield return ($"Tags.member.{number}.Value", tag.Value);
        }
    }

    /// <summary>The tags of a role or policy.</summary>
    public static List<Tag>? ReadTags(XElement xml) =>
        xml.Each("Tags", static tag => new Tag { Key = tag.Text("Key") ?? "", Value = tag.Text("Value") ?? "" });

    /// <summary>A policy. IAM percent-encodes it (RFC 3986), emulators do not always; JSON never begins with a percent sign, so the two can be told apart.</summary>
    public static string? ReadDocument(XElement xml, string name) =>
        xml.Text(name) is { } text && text.StartsWith('%') ? Uri.UnescapeDataString(text) : xml.Text(name);

    private static Role ReadRole(XElement xml) => new()
    {
        Path = xml.Text("Path"),
        RoleName = xml.Text("RoleName"),
        RoleId = xml.Text("RoleId"),
        Arn = xml.Text("Arn"),
        CreateDate = xml.Time("CreateDate"),
        AssumeRolePolicyDocument = ReadDocument(xml, "AssumeRolePolicyDocument"),
        Description = xml.Text("Description"),
        MaxSessionDuration = xml.Number("MaxSessionDuration"),
        PermissionsBoundary = xml.Structure("PermissionsBoundary", static boundary => new AttachedPermissionsBoundary
        {
            PermissionsBoundaryType = boundary.Text("PermissionsBoundaryType"),
            PermissionsBoundaryArn = boundary.Text("PermissionsBoundaryArn"),
        }),
        Tags = ReadTags(xml),
    };
}
