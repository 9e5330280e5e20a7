// A definition that is open lies over the page, and would be printed there: on paper they all stand at the end.
addEventListener("beforeprint", () => {
  for (const open of document.querySelectorAll("[popover]")) {
    if (open.matches(":popover-open")) open.hidePopover();
  }
});
