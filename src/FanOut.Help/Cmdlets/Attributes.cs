using System.Reflection;

namespace FanOut.Help.Cmdlets;

/// <summary>Attributes of what is only read, and never run: by their names.</summary>
internal static class Attributes
{
    /// <summary>The attributes of a type, by its name without <c>Attribute</c>.</summary>
    public static IEnumerable<CustomAttributeData> All(this MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(a => a.AttributeType.Name == name + "Attribute");

    /// <summary>The first attribute of a type.</summary>
    public static CustomAttributeData? First(this MemberInfo member, string name) => member.All(name).FirstOrDefault();

    /// <summary>The value of a named argument, or what holds without it.</summary>
    public static T Named<T>(this CustomAttributeData attribute, string name, T otherwise) =>
        attribute.NamedArguments.Where(a => a.MemberName == name).Select(static a => (T)a.TypedValue.Value!).DefaultIfEmpty(otherwise).First();

    /// <summary>The values of the arguments by position; those of arrays one by one.</summary>
    public static IEnumerable<object> Arguments(this CustomAttributeData attribute) => attribute.ConstructorArguments.SelectMany(Values);

    private static IEnumerable<object> Values(CustomAttributeTypedArgument argument) =>
        argument.Value is IEnumerable<CustomAttributeTypedArgument> many ? many.SelectMany(Values) : argument.Value is { } one ? [one] : [];
}
