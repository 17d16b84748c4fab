using System.Reflection;

namespace FanOut.Help.Cmdlets;

/// <summary>Reads attributes from metadata, by their names: the assembly is never loaded to run.</summary>
internal static class Attributes
{
    /// <summary>The attributes of a type, by its name without <c>Attribute</c>.</summary>
    public static IEnumerable<CustomAttributeData> All(this MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(a => a.AttributeType.Name == name + "Attribute");

    /// <summary>The first attribute of a type.</summary>
    public static CustomAttributeData? First(this MemberInfo member, string name) => member.All(name).FirstOrDefault();

    /// <summary>The value of a named argument, or a default.</summary>
    public static T Named<T>(this CustomAttributeData attribute, string name, T otherwise) =>
        attribute.NamedArguments.Where(a => a.MemberName == name).Select(static a => (T)a.TypedValue.Value!).DefaultIfEmpty(otherwise).First();

    /// <summary>The values of the positional arguments; the elements of arrays one by one.</summary>
    public static IEnumerable<object> Arguments(this CustomAttributeData attribute) => attribute.ConstructorArguments.SelectMany(Values);

    private static IEnumerable<object> Values(CustomAttributeTypedArgument argument) =>
        argument.Value is IEnumerable<CustomAttributeTypedArgument> many ? many.SelectMany(Values) : argument.Value is { } one ? [one] : [];
}
