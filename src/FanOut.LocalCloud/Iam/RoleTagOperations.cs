using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Iam;

/// <summary>The operations on roles' tags.</summary>
internal sealed class RoleTagOperations(IamService iam)
{
    private const int MostTags = 50;

    public HttpResponse Tag(ServiceCall call)
    {
        IamRole role = iam.Resolve(call);
        Dictionary<string, string> tags = new(role.Tags);
        foreach ((string key, string value) in Read(call))
        {
            tags[key] = value;
        }

        role.Tags = tags.Count <= MostTags ? tags : throw new ServiceException("LimitExceeded", $"The number of tags has reached the maximum limit of {MostTags}.", 409);
        return IamXml.Answer(call);
    }

    public HttpResponse Untag(ServiceCall call)
    {
        IamRole role = iam.Resolve(call);
        string[] keys = [.. call.Form.Members("TagKeys.member").Select(call.Form.RequiredText)];
        role.Tags = role.Tags.Where(tag => !keys.Contains(tag.Key)).ToDictionary();
        return IamXml.Answer(call);
    }

    public HttpResponse List(ServiceCall call)
    {
        IamRole role = iam.Resolve(call);
        return IamXml.Page(call, "Tags", role.Tags, tag => tag.Key, (xml, tag) =>
        {
            xml.WriteElementString("Key", tag.Key);
            xml.WriteElementString("Value", tag.Value);
        });
    }

    public static IReadOnlyDictionary<string, string> Read(ServiceCall call) => call.Form.Members("Tags.member")
        .ToDictionary(member => call.Form.RequiredText($"{member}.Key"), member => call.Form.RequiredText($"{member}.Value"));
}
