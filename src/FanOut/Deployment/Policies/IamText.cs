using System.Text;

namespace FanOut.Deployment.Policies;

/// <summary>How names stand in the resources of a policy.</summary>
internal static class IamText
{
    /// <summary>A name without a meaning of its own: <c>*</c>, <c>?</c> and <c>${</c> in it stand for themselves.</summary>
    /// <remarks>See <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html"/>, "Special characters".</remarks>
    public static string Literal(string name)
    {
        var text = new StringBuilder(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            bool isMeant = c is '*' or '?' || (c == '$' && i + 1 < name.Length && name[i + 1] == '{');
            _ = isMeant ? text.Append("${").Append(c).Append('}') : text.Append(c);
        }

        return text.ToString();
    }
}
